package dev.kiln.csvm;

/** How machines for two classes make one for many. */
public enum MultiClass {
    /** One machine for each pair of classes, trained on the rows of these two; the class with most votes wins. */
    OVO,
    /** One machine for each class against all others; the greatest decision value wins. */
    OVR
}
