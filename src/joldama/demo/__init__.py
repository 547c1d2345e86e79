"""For a demonstration database only: people, register, signer, guided run."""
