namespace Loa.Audio;

/// <summary>A folder for the files of one test, gone afterwards.</summary>
public sealed class Workbench : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("loa-audio-");

    public string this[string name] => Path.Combine(folder.FullName, name);

    public IEnumerable<string> Files => folder.EnumerateFiles().Select(file => file.Name);

    public void Dispose() => folder.Delete(recursive: true);
}
