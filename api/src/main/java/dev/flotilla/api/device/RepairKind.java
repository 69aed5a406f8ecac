package dev.flotilla.api.device;

/** What is done to a machine. */
public enum RepairKind {
    /** It is started again; what it runs comes back by itself. */
    REBOOT,
    /** It is made anew and comes back empty. */
    REPAVE,
    /** One service on it is changed. */
    DEPLOY
}
