namespace Loa.Papers;

/// <summary>Bytes that came in whole and are not a paper yet: whoever received them looks first whether he wants them.</summary>
public sealed class IncomingPaper(Paper paper, string temporary, string path) : IDisposable
{
    public Paper Paper => paper;

    /// <summary>Gives the paper its name; doing it twice changes nothing.</summary>
    public Paper Keep()
    {
        if (File.Exists(temporary))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(temporary, path, overwrite: true);
        }
        return paper;
    }

    public void Dispose() => File.Delete(temporary);
}
