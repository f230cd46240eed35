"""Bytes that somebody hostile may send, made by a fuzzer that follows the branches they take."""
