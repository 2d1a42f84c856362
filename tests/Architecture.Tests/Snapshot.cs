namespace Loa;

/// <summary>Compares with files that were agreed on and lie with the part they are about; what differs is written beside it for review.</summary>
static class Snapshot
{
    /// <param name="parts">Where each lies, from the root of the repository, and what it is today.</param>
    public static void Verify(IEnumerable<(string Name, string Text)> parts)
    {
        var differing = parts.Where(part => Differs(part.Name, part.Text)).Select(part => part.Name).ToList();
        Assert.True(
            differing.Count == 0,
            $"{string.Join(", ", differing)} is not what was agreed. If the change is meant, put .received. in the place of .verified."
        );
    }

    static bool Differs(string name, string text)
    {
        var agreed = Path.Combine(HouseTests.Root(), name);
        var received = agreed.Replace(".verified.", ".received.", StringComparison.Ordinal);
        text = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (File.Exists(agreed) && File.ReadAllText(agreed) == text)
        {
            File.Delete(received);
            return false;
        }
        File.WriteAllText(received, text);
        return true;
    }
}
