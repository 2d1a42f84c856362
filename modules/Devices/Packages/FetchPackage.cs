using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Papers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Packages;

/// <summary>A speaker fetches the archive that a signed package names, whole or in part; nothing else is given out.</summary>
sealed class FetchPackage(DevicesDb db, PaperStore papers) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/air/packages/{digest}", [HttpMethods.Get, HttpMethods.Head], Answer).AllowAnyone();

    static async Task<PhysicalFileHttpResult> Answer(
        string digest,
        FetchPackage useCase,
        HttpContext http,
        CancellationToken cancel
    ) => (await useCase.Run(digest, cancel)).Answer(http, "application/gzip");

    public async Task<ServedFile> Run(string digest, CancellationToken cancel)
    {
        var isSigned =
            PaperStore.IsDigest(digest)
            && await db.Packages.AnyAsync(p => p.Digest == digest && p.State == PackageProcedure.Signed, cancel);
        return isSigned && papers.Has(digest) ? new(papers, digest) : throw new MissingException("archive");
    }
}
