"""Evidence for those who judge the office: instruments, registers, estimates and the folder of proof."""
