@echo off
rem Starts a mode again when the program beside this file has been exchanged; waits ten minutes at most.
for /l %%i in (1,1,600) do (
  if not exist "%~dp0program.new" if exist "%~dp0program\ult-desktopw.exe" goto start
  ping -n 2 127.0.0.1 >nul
)
exit /b 1
:start
start "" "%~dp0program\ult-desktopw.exe" %*
