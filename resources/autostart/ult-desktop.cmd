@echo off
start "ult-desktop {mode}" /min {command}
