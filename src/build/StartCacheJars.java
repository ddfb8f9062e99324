import static java.lang.classfile.ClassFile.ConstantPoolSharingOption.NEW_POOL;
import static java.lang.classfile.ClassFile.JAVA_6_VERSION;
import static java.lang.classfile.ClassFile.JAVA_8_VERSION;
import static java.lang.classfile.ClassFile.StackMapsOption.GENERATE_STACK_MAPS;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Makes every jar of a folder fit for Java's start cache (JEP 483), which takes neither classes of
/// signed jars nor classes older than Java 6: signatures are left out, and old classes get the
/// format of Java 8. Nothing else changes; a jar without either stays as it is, byte for byte.
///
/// `java StartCacheJars.java FOLDER`, at build time.
final class StartCacheJars {
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|DSA|RSA|EC)");

    /// The same bytes each time: not the time of the build.
    private static final LocalDateTime BUILT = LocalDateTime.of(2026, 1, 1, 0, 0);

    private final ClassFile format;

    private StartCacheJars(ClassLoader jars) {
        format =
                ClassFile.of(
                        GENERATE_STACK_MAPS,
                        NEW_POOL,
                        ClassFile.ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(jars)
                                        .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    /// @param args the folder
    public static void main(String[] args) throws IOException {
        File[] jars = new File(args[0]).listFiles((_, name) -> name.endsWith(".jar"));
        if (jars == null) {
            throw new IOException(args[0] + " is not a folder");
        }
        List<URL> urls = new ArrayList<>();
        for (File jar : jars) {
            urls.add(jar.toURI().toURL());
        }
        for (File jar : jars) {
            try (URLClassLoader all = new URLClassLoader(urls.toArray(URL[]::new))) {
                new StartCacheJars(all).mend(jar.toPath());
            }
        }
    }

    private void mend(Path jar) throws IOException {
        ByteArrayOutputStream mended = new ByteArrayOutputStream();
        boolean changed = false;
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(mended)) {
            boolean signed = from.stream().anyMatch(e -> SIGNATURE.matcher(e.getName()).matches());
            changed = signed;
            for (ZipEntry entry : from.stream().toList()) {
                if (SIGNATURE.matcher(entry.getName()).matches()) {
                    continue;
                }
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                if (signed && entry.getName().equals("META-INF/MANIFEST.MF")) {
                    bytes = withoutDigests(bytes);
                } else if (isOld(entry.getName(), bytes)) {
                    bytes = raised(bytes);
                    changed = true;
                }
                ZipEntry kept = new ZipEntry(entry.getName());
                kept.setTimeLocal(BUILT);
                to.putNextEntry(kept);
                to.write(bytes);
            }
        }
        if (changed) {
            Files.write(jar, mended.toByteArray());
        }
    }

    private static byte[] withoutDigests(byte[] manifest) throws IOException {
        Manifest all = new Manifest(new ByteArrayInputStream(manifest));
        Attributes main = all.getMainAttributes();
        Manifest kept = new Manifest();
        kept.getMainAttributes().putAll(main);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        kept.write(out);
        return out.toByteArray();
    }

    /// The version of the format is the fourth 16 bits (JVM specification, section 4.1).
    private static boolean isOld(String name, byte[] bytes) {
        return name.endsWith(".class")
                && ((bytes[6] & 0xFF) << 8 | bytes[7] & 0xFF) < JAVA_6_VERSION;
    }

    /// With the stack maps that the newer format asks for. A class that does not verify so stays
    /// old.
    private byte[] raised(byte[] old) {
        ClassTransform bodies = ClassTransform.transformingMethodBodies((code, e) -> code.with(e));
        ClassTransform version =
                (made, e) -> {
                    if (e instanceof ClassFileVersion) {
                        made.withVersion(JAVA_8_VERSION, 0);
                    } else {
                        made.with(e);
                    }
                };
        byte[] made = format.transformClass(format.parse(old), bodies.andThen(version));
        return format.verify(made).isEmpty() ? made : old;
    }
}
