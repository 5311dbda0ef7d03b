"""Decisions and agreements: the register of what a group decided and agreed, wherever that was."""
