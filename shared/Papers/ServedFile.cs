using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Loa.Papers;

/// <summary>A stored file on its way to a speaker: whole or in part, and never another under the same digest.</summary>
public sealed record ServedFile(PaperStore Papers, string Digest)
{
    static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public PhysicalFileHttpResult Answer(HttpContext http, string type)
    {
        http.Response.GetTypedHeaders().CacheControl = new()
        {
            Public = true,
            MaxAge = Year,
            Extensions = { new NameValueHeaderValue("immutable") },
        };
        return TypedResults.PhysicalFile(
            Papers.PathOf(Digest),
            type,
            entityTag: new EntityTagHeaderValue($"\"{Digest}\""),
            enableRangeProcessing: true
        );
    }
}
