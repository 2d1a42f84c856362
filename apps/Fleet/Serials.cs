namespace Loa.Fleet;

/// <summary>The serial numbers of a fleet: read from a file, or counted on from the first.</summary>
static class Serials
{
    public static IReadOnlyList<string> Read(FileInfo file) =>
        [
            .. File.ReadLines(file.FullName)
                .Select(line => line.Trim())
                .Where(line => line.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <exception cref="ArgumentException">The first does not end in a number.</exception>
    public static IReadOnlyList<string> Count(string first, int count)
    {
        var word = first.TrimEnd("0123456789".ToCharArray());
        var digits = first.Length - word.Length;
        if (digits == 0 || !long.TryParse(first.AsSpan(word.Length), out var number))
            throw new ArgumentException($"The serial number {first} does not end in a number.");
        return [.. Enumerable.Range(0, count).Select(i => word + $"{number + i}".PadLeft(digits, '0'))];
    }
}
