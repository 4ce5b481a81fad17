"""What puts a station together: settings, link, devices and the window of its mode."""
