"""The common parts of the commands: the office file, options made from commands, words, paper."""
