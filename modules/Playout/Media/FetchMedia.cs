using System.Collections.Concurrent;
using Loa.Kernel;
using Loa.Papers;
using Loa.Playout.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.Media;

/// <summary>A speaker fetches the sound that a release names, whole or in part; nothing else is given out.</summary>
sealed class FetchMedia(PlayoutDb db, PaperStore papers, ReleasedMedia released) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/air/media/{digest}", [HttpMethods.Get, HttpMethods.Head], Answer).AllowAnyone();

    static async Task<PhysicalFileHttpResult> Answer(
        string digest,
        FetchMedia useCase,
        HttpContext http,
        CancellationToken cancel
    ) => (await useCase.Run(digest, cancel)).Answer(http, "audio/ogg");

    public async Task<ServedFile> Run(string digest, CancellationToken cancel)
    {
        if (!PaperStore.IsDigest(digest) || !await IsReleased(digest, cancel) || !papers.Has(digest))
            throw new MissingException("media");
        return new(papers, digest);
    }

    async ValueTask<bool> IsReleased(string digest, CancellationToken cancel)
    {
        if (released.Known.ContainsKey(digest))
            return true;
        if (!await db.Releases.AnyAsync(r => r.MediaDigest == digest, cancel))
            return false;
        released.Known[digest] = true;
        return true;
    }
}

/// <summary>Digests known to be released, so that a thousand speakers that fetch at once do not ask the database.</summary>
sealed class ReleasedMedia
{
    public ConcurrentDictionary<string, bool> Known { get; } = new(StringComparer.Ordinal);
}
