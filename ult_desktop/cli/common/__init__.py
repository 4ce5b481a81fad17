"""What the commands share: the office file, options made from commands, words, paper."""
