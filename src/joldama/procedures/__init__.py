"""What happens: each function one step of the service, one transaction."""
