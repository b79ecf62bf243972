"""The profile of a data set: check sheet, advice, previews and what names its content."""
