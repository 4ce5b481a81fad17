"""The notes of calls that an officer made by voice while the counter was cut off, to be uploaded later."""
