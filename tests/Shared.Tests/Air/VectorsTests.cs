namespace Loa.Air;

[AnyEngine]
public sealed class VectorsTests
{
    // What only fetching or decoding media can tell.
    static readonly string[] beyondDocuments =
    [
        Refusal.MediaDigest,
        Refusal.MediaLength,
        Refusal.MediaFormat,
        Refusal.MediaUnreachable,
    ];

    [Fact]
    public void Every_vector_is_judged_as_written()
    {
        Assert.All(
            VectorFile.Read().Vectors,
            vector => Assert.Equal((vector.Name, vector.Expect), (vector.Name, vector.Judge()))
        );
    }

    [Fact]
    public void Every_reason_has_a_vector()
    {
        var covered = VectorFile.Read().Vectors.Select(vector => vector.Expect).ToHashSet();

        Assert.Empty(Refusal.All.Except(covered).Except(beyondDocuments));
        Assert.Empty(covered.Except(Refusal.All).Except(["ok", "repeat", "record.gap", "record.broken", "no"]));
    }

    [Fact]
    public void The_published_keys_are_those_of_the_tests()
    {
        Assert.Equal(
            VectorFile.TestKeys.Select(key => (key.Key, key.Value.Kid)),
            VectorFile.Read().Keys.Select(key => (key.Key, key.Value.Kid))
        );
    }

    /// <summary>Run by hand when a document changes: <c>-explicit only -method "*Write_the_vectors_anew"</c>.</summary>
    [Fact(Explicit = true)]
    public void Write_the_vectors_anew()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Loa.slnx")))
            folder = folder.Parent!;
        var file = new VectorFile(
            "TEST ONLY. Published keys: nothing real may trust them. See docs/protocols/speaker.md.",
            VectorFile.TestKeys,
            Some.Speaker,
            Some.Server,
            Some.Nonce,
            Some.Model,
            VectorMaker.All()
        );

        file.Write(Path.Combine(folder.FullName, "docs", "protocols", "vectors.json"));

        Assert.All(file.Vectors, vector => Assert.Equal((vector.Name, vector.Expect), (vector.Name, vector.Judge())));
    }
}
