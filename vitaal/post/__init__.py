"""Letters: mails as rows, from written to sent, or the reason why not."""
