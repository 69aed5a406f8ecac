package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.Release;
import dev.flotilla.agent.disk.ServiceFolder;
import dev.flotilla.agent.install.InstallException;
import dev.flotilla.agent.install.Installer;
import dev.flotilla.agent.payload.FetchException;
import dev.flotilla.agent.payload.Fetcher;
import dev.flotilla.agent.payload.PayloadSource.Wanted;
import dev.flotilla.agent.payload.PayloadStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;

/** Gets a release onto a machine: fetched where it must be, installed, and verified. */
final class Acquisition {
    private static final int ATTEMPTS = 3;

    private final PayloadStore store;
    private final Fetcher fetcher;
    private final Installer installer;
    private final Predicate<String> needed;

    /** @param needed whether any service of the host still needs a digest */
    Acquisition(PayloadStore store, Fetcher fetcher, Installer installer, Predicate<String> needed) {
        this.store = store;
        this.fetcher = fetcher;
        this.installer = installer;
        this.needed = needed;
    }

    /**
     * Returns when the release can be started; a failure says why it can't, for a person.
     *
     * @param runs true where its files are in use: they stay as they are, and are verified when they are started next
     */
    void obtain(ServiceFolder folder, Release release, boolean runs, Lock installing)
            throws FetchException, InstallException, InterruptedException {
        IOException failure = new IOException("it was not tried");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Wanted wanted = new Wanted(folder.service(), release.version(), release.payload());
            if (installed(folder, release, runs, installing)) {
                return;
            }
            Path stored = fetcher.fetch(wanted, needed);
            installing.lock();
            try {
                installer.install(folder, release, stored);
                return;
            } catch (Installer.WrongBytes | NoSuchFileException e) {
                failure = e;
                discard(release);
            } catch (IOException e) {
                failure = e;
                break;
            } finally {
                installing.unlock();
            }
        }
        throw new InstallException("it could not be installed: " + failure);
    }

    private boolean installed(ServiceFolder folder, Release release, boolean runs, Lock installing) {
        installing.lock();
        try {
            return runs ? installer.knows(folder, release) : installer.verify(folder, release);
        } finally {
            installing.unlock();
        }
    }

    private void discard(Release release) throws InstallException {
        try {
            store.discard(release.payload());
        } catch (IOException e) {
            throw new InstallException("its damaged payload could not be removed: " + e);
        }
    }
}
