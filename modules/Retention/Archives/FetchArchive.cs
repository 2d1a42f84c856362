using Loa.Cases;
using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Papers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Loa.Retention.Archives;

/// <summary>Administrator and auditor of the whole take an archive home.</summary>
sealed class FetchArchive(Cases<ArchiveFile> archives, PaperStore papers) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet($"{ArchiveFile.Path}/{{id:guid}}", Fetch).RequireRight(RetentionRights.See);

    static Task<PhysicalFileHttpResult> Fetch(Guid id, FetchArchive useCase, CancellationToken cancel) =>
        useCase.Run(id, cancel);

    async Task<PhysicalFileHttpResult> Run(Guid id, CancellationToken cancel)
    {
        var archive = await archives.See(id, cancel);
        if (!papers.Has(archive.Digest))
            throw new MissingException("archive-file");
        return TypedResults.PhysicalFile(
            papers.PathOf(archive.Digest),
            "application/gzip",
            $"{archive.Kind}-{VietnamTime.DayOf(archive.Before):yyyy-MM-dd}-{archive.Digest[..8]}.jsonl.gz",
            entityTag: new EntityTagHeaderValue($"\"{archive.Digest}\""),
            enableRangeProcessing: true
        );
    }
}
