namespace Loa.Air;

/// <summary>What the forgers of the test suite take for granted; without it their flood would prove nothing.</summary>
static class Assert
{
    public static void True(bool isSo, string? otherwise = null)
    {
        if (!isSo)
            throw new InvalidOperationException(otherwise ?? "What the forgers build on does not hold.");
    }
}
