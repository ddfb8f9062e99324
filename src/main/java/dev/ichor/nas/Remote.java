package dev.ichor.nas;

import dev.ichor.cluster.ProblemException;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The folder the tree goes to, however it is reached; paths are relative to it, with `/` between
/// the names.
interface Remote extends AutoCloseable {
    /// What is told of a file without reading it.
    ///
    /// @param modified seconds since 1970
    record Stat(long size, int modified) {}

    /// Who may read what lies in a folder.
    enum Readers {
        OWNER,
        OTHERS,
        UNTOLD
    }

    /// Empty when there is no such file.
    Optional<Stat> stat(String path) throws ProblemException;

    /// The files of a folder (given with a slash at the end, empty for the whole) by their names,
    /// in one question for all; empty where the NAS is better asked for each.
    default Optional<Map<String, Stat>> listing(String folder) throws ProblemException {
        return Optional.empty();
    }

    /// Reads a file over the line.
    void get(String path, OutputStream to) throws ProblemException;

    /// Writes a file, also over an old one; `in` is closed.
    default void put(String path, InputStream in) throws ProblemException {
        put(path, in, 0);
    }

    /// Writes a file from a byte on, as far as [#whole] allows; `in` is closed.
    ///
    /// @param from where what `in` holds begins; what lies before it stays
    void put(String path, InputStream in, long from) throws ProblemException;

    /// How many bytes of a file surely arrived in order, when its copying broke off at a size; 0
    /// where copying cannot go on in the middle.
    default long whole(long size) {
        return 0;
    }

    /// Removes what a failed copy has left, as far as the NAS still answers.
    void discard(String path);

    /// Gives a file its final name; an old one of that name is whole until then.
    void rename(String from, String to) throws ProblemException;

    /// Makes the folders above a file.
    void makeParents(String path) throws ProblemException;

    /// What lies in a folder (given with a slash at the end, empty for the whole), folders with a
    /// slash at the end; empty where it is not there or not shown. Also above the whole: `../`.
    Optional<List<String>> names(String folder);

    /// Takes the rights on a folder from all but its owner, as far as the NAS lets us.
    ///
    /// @return who may read it then
    Readers shut(String folder) throws ProblemException;

    /// Bytes that are free there, where it is told.
    OptionalLong free();

    /// Another way to the same folder, for another thread; closing it leaves this one open.
    Remote another() throws ProblemException;

    /// Also from another thread, to break off what is under way.
    @Override
    void close();

    /// The content's SHA-256 as hex, read over the line where the NAS does not tell it.
    ///
    /// @param size bytes there, which tell whether asking the NAS is worth it
    default String hash(String path, long size) throws ProblemException {
        var digest = Hashes.sha256();
        get(path, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return Hashes.hex(digest);
    }
}
