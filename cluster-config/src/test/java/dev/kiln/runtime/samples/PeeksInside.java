package dev.kiln.runtime.samples;

import dev.kiln.command.internal.Secret;

public final class PeeksInside {
    String peek(Secret secret) {
        return secret.toString();
    }
}
