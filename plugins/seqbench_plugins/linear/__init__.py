"""Taggers with linear scores of features: perceptron and conditional random field."""
