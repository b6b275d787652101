"""The pages of the portal outside the report's flow."""
