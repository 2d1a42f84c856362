using System.Reflection;
using Loa.Air;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Packages;

/// <summary>A form with an archive: larger than any other form may be, and only after the permission was asked.</summary>
sealed record ArchiveInput<TRequest>(TRequest Value, IFormFile Archive) : IEndpointParameterMetadataProvider
    where TRequest : notnull
{
    static readonly FormBounds bounds = Input<TRequest>.Bounds with
    {
        Bytes = Input<TRequest>.Bounds.Bytes + Package.MostBytes,
    };

    const string Field = "Archive";

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new BodyLimit(bounds.Bytes));
        builder.Metadata.Add(new RequestBody(typeof(TRequest), Field));
    }

    public static async ValueTask<ArchiveInput<TRequest>> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        if (!http.Request.HasFormContentType)
            throw new InvalidException("archive", "required");
        var officer = http.RequestServices.GetRequiredService<Sight>().OfficerId!.Value;
        http.Response.RegisterForDispose(http.RequestServices.GetRequiredService<PackageBudget>().Enter(officer));
        var archive = (await Forms.Read(http, bounds)).Files.GetFile(Field);
        if (archive is not { Length: > 0 })
            throw new InvalidException("archive", "required");
        return new((await Input<TRequest>.BindAsync(http, parameter)).Value, archive);
    }
}
