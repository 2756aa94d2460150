package dev.kiln.lstm.worker;

/** When the networks of a series' parts become one. */
public enum Averaging {
    /** After every step: the parts' gradients are averaged, so that there is one network all the time. */
    STEP,
    /** After every epoch: each part trains a network of its own, then weights and Adam's moments are averaged. */
    EPOCH
}
