using System.Runtime.CompilerServices;

namespace Loa;

/// <summary>Compares with a file that was agreed on and lies beside the tests; what differs is written beside it for review.</summary>
static class Snapshot
{
    public static void Verify(string name, string text, [CallerFilePath] string caller = "")
    {
        var agreed = Path.Combine(Path.GetDirectoryName(caller)!, name);
        var received = agreed.Replace(".verified.", ".received.", StringComparison.Ordinal);
        text = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (File.Exists(agreed) && File.ReadAllText(agreed) == text)
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, text);
        Assert.Fail(
            $"{name} is not what was agreed. If the change is meant, put {Path.GetFileName(received)} in its place."
        );
    }
}
