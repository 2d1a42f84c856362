namespace Loa.Air;

/// <summary>The word by which a choice is written on the air, in cases and in texts: lower-case, from a closed list.</summary>
public static class AirWord
{
    public static string Of<T>(T value)
        where T : struct, Enum => Word<T>.Words[Array.IndexOf(Word<T>.Values, value)];

    public static T Read<T>(string word)
        where T : struct, Enum =>
        Array.IndexOf(Word<T>.Words, word) is >= 0 and var i
            ? Word<T>.Values[i]
            : throw new FormatException($"“{word}” is no {typeof(T).Name}.");
}
