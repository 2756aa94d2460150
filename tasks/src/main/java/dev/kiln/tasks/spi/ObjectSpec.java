package dev.kiln.tasks.spi;

import dev.kiln.tasks.Placement;

/**
 * What a program asked of an active object that is to be created.
 *
 * @param alias its name, or empty for any that is free
 * @param type its interface
 * @param implementation the class or the jar that is wanted, or empty
 * @param placement where
 * @param backups how many further nodes hold a copy
 * @param persistent whether each update is on disk before it is answered
 * @param lastSnapshotWillDo whether it may go on from its last snapshot when nothing else is left
 */
public record ObjectSpec(
        String alias,
        Class<?> type,
        String implementation,
        Placement placement,
        int backups,
        boolean persistent,
        boolean lastSnapshotWillDo) {}
