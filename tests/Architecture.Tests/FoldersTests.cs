namespace Loa;

public sealed class FoldersTests
{
    [Theory]
    [InlineData("apps/Speaker", "Loa.Speaker")]
    [InlineData("apps/Fleet", "Loa.Fleet")]
    public void No_folders_use_one_another_in_a_circle(string project, string space) =>
        Assert.Empty(new Folders(project, space).Circles());

    [Fact]
    public void A_circle_is_seen()
    {
        var folder = Directory.CreateTempSubdirectory("loa-folders-").FullName;
        try
        {
            Write(folder, "Upper/One.cs", "using Some.Lower;\n\nnamespace Some.Upper;\n\nsealed class One(Two two);\n");
            Write(folder, "Lower/Two.cs", "namespace Some.Lower;\n\nsealed class Two\n{\n    // Upper.One\n}\n");
            Assert.Empty(new Folders(folder, "Some").Circles());

            Write(folder, "Lower/Three.cs", "namespace Some.Lower;\n\nsealed class Three(Upper.One one);\n");
            Assert.Equal(["Lower ↔ Upper"], new Folders(folder, "Some").Circles());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void Write(string folder, string name, string text)
    {
        var file = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
