"""The evidence for an evaluation of the office: instruments, registers, estimates and the folder of proof."""
