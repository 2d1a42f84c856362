using System.Buffers;
using Loa.Writing;

namespace Loa.Air;

/// <summary>How much a document may hold, so that a stranger's bytes cannot fill a speaker's memory.</summary>
static class Bounds
{
    public const int Units = 200;
    public const int Path = 16;
    public const int Items = 700;
    public const int Hours = 48;
    public const int Horns = 64;
    public const int Revoked = 250;
    public const int Text = 300;
    public const int Delegations = 256;
    public const int Words = 64;
    public const int Roots = 16;
    public const int More = 32;

    static readonly SearchValues<char> hex = SearchValues.Create("0123456789abcdef");

    static readonly SearchValues<char> word = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    static readonly SearchValues<char> base64Url = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    public static bool Short(string? text, int most = Text) => text is null || text.Length <= most;

    public static bool Named(string text, int most = Text) => text.Length > 0 && text.Length <= most;

    /// <summary>A name or number that people compare by eye: one line, written in its one form.</summary>
    public static bool IsLine(string? text, int most = Text) => text is null || (text.Length <= most && Line.Is(text));

    /// <summary>Names of things that this version may not know: few, each of lower-case letters and hyphens.</summary>
    public static bool AreWords(IReadOnlyList<string>? list) => FewWith(list, Words, IsWord);

    public static bool IsWord(string? text) => text?.Length is > 0 and <= 40 && !text.AsSpan().ContainsAnyExcept(word);

    public static bool Few<T>(IReadOnlyList<T>? list, int most) => list is null || list.Count <= most;

    public static bool FewWith<T>(IReadOnlyList<T>? list, int most, Func<T, bool> each) =>
        list is null || (list.Count <= most && list.All(entry => entry is not null && each(entry)));

    public static bool IsLevel(int? level) => level is null or (>= 0 and <= 100);

    public static bool IsDigest(string? text) => text?.Length == 64 && !text.AsSpan().ContainsAnyExcept(hex);

    public static bool IsKeyId(string? text) => text?.Length == 43 && !text.AsSpan().ContainsAnyExcept(base64Url);

    public static bool IsNonce(string? text) =>
        text?.Length is >= 16 and <= 64 && !text.AsSpan().ContainsAnyExcept(base64Url);
}
