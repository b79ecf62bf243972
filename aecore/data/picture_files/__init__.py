"""Files of pictures: from the bytes of one to its pages as arrays of bytes."""
