using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Loa.Papers;

/// <summary>Sound as a browser takes it: in ranges, with its digest as the tag by which it is known again.</summary>
public static class Sounds
{
    public static PhysicalFileHttpResult File(PaperStore papers, string digest) =>
        TypedResults.PhysicalFile(
            papers.PathOf(digest),
            "audio/ogg",
            entityTag: new EntityTagHeaderValue($"\"{digest}\""),
            enableRangeProcessing: true
        );
}
