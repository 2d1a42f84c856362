using System.Reflection;
using Loa.Air;
using Loa.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Loa.Devices.Packages;

/// <summary>A form with an archive: larger than any other form may be, and only after the permission was asked.</summary>
sealed record ArchiveInput<TRequest>(TRequest Value, IFormFile Archive)
    where TRequest : notnull
{
    const long Rest = 256 * 1024;

    public static async ValueTask<ArchiveInput<TRequest>> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        if (!http.Request.HasFormContentType)
            throw new InvalidException("archive", "required");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Package.MostBytes + Rest;
        http.Features.Set<IFormFeature>(
            new FormFeature(http.Request, new FormOptions { MultipartBodyLengthLimit = Package.MostBytes })
        );
        var archive = (await Read(http)).Files.GetFile("Archive");
        if (archive is not { Length: > 0 })
            throw new InvalidException("archive", "required");
        return new((await Input<TRequest>.BindAsync(http, parameter)).Value, archive);
    }

    static async Task<IFormCollection> Read(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            // Not a form, or an archive that is too large: what the sender can mend.
            throw new InvalidException("archive", "format");
        }
    }
}
