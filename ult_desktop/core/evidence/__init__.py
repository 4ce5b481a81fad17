"""The evidence for yearly judgements (Penilaian): instruments, registers, and the office's own estimate."""
