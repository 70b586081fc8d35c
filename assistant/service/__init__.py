"""What every edge calls, whichever words or protocol a question comes in."""
