using Loa.Conform;

namespace Loa.Speaker.Conformity;

/// <summary>How a speaker is tried: several of it side by side, for the scripts' own time passes for all of them at once.</summary>
static class Trials
{
    public const int SideBySide = 4;

    public static readonly string[] Given = ["--server", "{server}", "--data", "{data}", "--serial", "{serial}"];

    public static Task<bool> Try(this ITestOutputHelper output, string[] program) =>
        ConformCommand.Try(
            program,
            null,
            SideBySide,
            TimeSpan.FromMinutes(1),
            output.WriteLine,
            TestContext.Current.CancellationToken
        );
}
