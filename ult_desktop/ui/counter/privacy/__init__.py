"""The pages of personal data: requests of its subjects, failures of protection, data due to go."""
