package dev.ichor.talos;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a text without quotes means to go-yaml, and how go-yaml writes values.
final class Scalars {
    private static final Pattern TIME =
            Pattern.compile(
                    "[0-9]{4}-(0?[1-9]|1[0-2])-(0?[1-9]|[12][0-9]|3[01])"
                        + "([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})|"
                        + " [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?)?");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(0[bB][01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)");
    private static final Pattern BASE_60 =
            Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final Pattern WORD =
            Pattern.compile(
                    "|~|<<|null|Null|NULL|true|True|TRUE|false|False|FALSE"
                            + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern OLD_BOOL =
            Pattern.compile("[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF");

    private static final int LONGEST_WORD = "false".length();

    private Scalars() {}

    /// Whether a text must be quoted to stay a text.
    static boolean ambiguous(String s) {
        return isOldBool(s) || isNumeric(s) && BASE_60.matcher(s).matches() || meansMore(s);
    }

    /// Whether go-yaml itself would read it as something else than text.
    static boolean meansMore(String s) {
        return s.length() <= LONGEST_WORD && WORD.matcher(s).matches()
                || isTime(s)
                || number(s) != null;
    }

    private static boolean isOldBool(String s) {
        return s.length() <= LONGEST_WORD && OLD_BOOL.matcher(s).matches();
    }

    private static boolean isTime(String s) {
        return isNumeric(s) && TIME.matcher(s).matches();
    }

    /// Spares the patterns most texts: a short run spends a tenth of its time in them.
    private static boolean isNumeric(String s) {
        return !s.isEmpty() && "+-.0123456789".indexOf(s.charAt(0)) >= 0;
    }

    /// What a scalar says: null, a text, a truth, a whole number or another number.
    static @Nullable Object value(YamlTree.Scalar scalar) {
        String s = scalar.text();
        if (!scalar.plain() || isTime(s)) {
            return s;
        }
        if (scalar.isNull()) {
            return null;
        }
        return switch (s) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> {
                Object number = number(s);
                yield number == null ? s : number;
            }
        };
    }

    /// A truth, also in the words of YAML 1.1, or null.
    static @Nullable Boolean truth(YamlTree.Scalar scalar) {
        Object value = value(scalar);
        if (value instanceof Boolean b) {
            return b;
        }
        if (!scalar.plain() || !isOldBool(scalar.text())) {
            return null;
        }
        String word = scalar.text().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes") || word.equals("on");
    }

    private static @Nullable Object number(String s) {
        if (!isNumeric(s)) {
            return null;
        }
        String plain = s.replace("_", "");
        if (s.charAt(0) != '.' && INTEGER.matcher(plain).matches() && !plain.equals("-0")) {
            BigInteger whole = integer(plain);
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
        }
        String decimal = s.charAt(0) == '.' ? s : plain;
        return FLOAT.matcher(decimal).matches() ? (Object) Double.valueOf(decimal) : null;
    }

    private static BigInteger integer(String s) {
        boolean minus = s.startsWith("-");
        String digits = minus || s.startsWith("+") ? s.substring(1) : s;
        int radix =
                switch (digits.length() > 1
                        ? digits.substring(0, 2).toLowerCase(Locale.ROOT)
                        : "") {
                    case "0x" -> 16;
                    case "0b" -> 2;
                    case "0o" -> 8;
                    default -> digits.length() > 1 && digits.startsWith("0") ? -8 : 10;
                };
        BigInteger value =
                switch (radix) {
                    case 10 -> new BigInteger(digits);
                    case -8 -> new BigInteger(digits.substring(1), 8);
                    default -> new BigInteger(digits.substring(2), radix);
                };
        return minus ? value.negate() : value;
    }

    /// As go-yaml writes a value that is no text.
    static String written(Object value) {
        return value instanceof Double d ? shortest(d) : value.toString();
    }

    /// Go's shortest form: plain from 0.0001 up to a million, else with an exponent.
    private static String shortest(double d) {
        if (Double.isNaN(d)) {
            return ".nan";
        }
        if (Double.isInfinite(d)) {
            return d > 0 ? ".inf" : "-.inf";
        }
        var exact = new java.math.BigDecimal(Double.toString(d)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exact.signum() == 0) {
            return 1 / d < 0 ? "-0" : "0";
        }
        if (exponent >= -4 && exponent < 6) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        String mantissa =
                digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (d < 0 ? "-" : "")
                + mantissa
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}
