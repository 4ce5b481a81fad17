@echo off
chcp 65001 >nul
start "" {command}
