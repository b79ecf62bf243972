"""The form: one widget for each option of an Experiment, and the draft that they edit."""
