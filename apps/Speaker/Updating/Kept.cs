namespace Loa.Speaker.Updating;

/// <summary>What a speaker's software knows of the keeper that started it, if one did.</summary>
static class Kept
{
    /// <summary>Set by the keeper for what it starts; software that does not know it is not troubled by it.</summary>
    public const string Mark = "LOA_KEPT";

    public static bool IsKept => Environment.GetEnvironmentVariable(Mark) == "1";

    /// <summary>Returns when the keeper wants it to end, or is gone: it holds the other end of the standard input.</summary>
    public static async Task KeeperLetsGo(CancellationToken cancel)
    {
        await using var input = Console.OpenStandardInput();
        var nothing = new byte[16];
        while (await input.ReadAsync(nothing, cancel) > 0) { }
    }
}
