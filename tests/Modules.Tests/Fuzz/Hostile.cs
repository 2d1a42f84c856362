using System.Globalization;

namespace Loa.Fuzz;

/// <summary>Values as strangers send them: each a kind of its own that has stopped some server.</summary>
static class Hostile
{
    /// <summary>For JSON, each already spelled as it goes over the wire.</summary>
    public static readonly string[] Json =
    [
        "null",
        "\"\"",
        "\"   \"",
        "\"a\\u0000b\"",
        "\"a\\ud800b\"",
        "\"\\u202Eb\\u2066\"",
        "\"\\uFEFF\\u200B\"",
        "\"e\\u0323\\u0302\\uFFFF\"",
        "\"%00%s{0}\\u0027;--\\\\\\\"\"",
        "\"=1+1\"",
        "\"0x1F\"",
        "\"99999999-9999-9999-9999-999999999999\"",
        "\"00000000-0000-0000-0000-000000000000\"",
        "\"9999-12-31\"",
        "\"0001-01-01\"",
        "\"2026-02-30\"",
        "\"23:59\"",
        "-1",
        "0",
        "2147483647",
        "9223372036854775807",
        "-9223372036854775808",
        "1e400",
        "0.1",
        "true",
        "[null]",
        "[[]]",
        "[\"\\ud800\"]",
        "[\"00000000-0000-0000-0000-000000000000\",\"00000000-0000-0000-0000-000000000000\"]",
        "{\"\\ud800\":1}",
        "{}",
        "\"" + new string('ấ', 3_000) + "\"",
    ];

    public static readonly string[] Bodies =
    [
        "",
        "null",
        "[]",
        "{",
        "{\"\\ud800\":1}",
        "{\"a\":1,\"a\":2}",
        "\uFEFF{}",
        string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200),
        new string('[', 10_000),
        "{\"a\":" + new string('9', 5_000) + "}",
    ];

    /// <summary>For forms and addresses, percent-encoded as they go over the wire.</summary>
    public static readonly string[] Encoded =
    [
        "",
        "%00",
        "a%00b",
        "%ED%A0%80",
        "%FF%FE",
        "%E2%80%AE",
        "%C3%A0%20ch%E1%BB%81",
        "-1",
        "0",
        "2147483647",
        "99999999999999999999",
        "NaN",
        "9999-12-31",
        "0001-01-01",
        "00000000-0000-0000-0000-000000000000",
        "%2F%09%2Fx",
        "%2Fch%C3%A0o",
        "'%20OR%201%3D1--%25_",
    ];

    public static string Of(Type type, string real) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(Guid) => $"\"{real}\"",
            var t when t == typeof(Guid[]) => $"[\"{real}\"]",
            var t when t == typeof(int) || t == typeof(long) || t == typeof(double) => "1",
            var t when t == typeof(bool) => "true",
            var t when t == typeof(DateOnly) =>
                $"\"{TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\"",
            var t when t == typeof(string) => "\"ordinary\"",
            var t when t == typeof(string[]) => "[\"ordinary\"]",
            _ => "{}",
        };
}
