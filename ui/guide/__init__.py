"""The Guide page: the guide and the glossary that come with the product."""
