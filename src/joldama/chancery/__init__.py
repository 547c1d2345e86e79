"""The chanceries of providers, akimats and the quality body: registers of complaints, and answers (¶10)."""
