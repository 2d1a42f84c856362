using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Loa.Kernel;

/// <summary>How many values and bytes a request may have.</summary>
public sealed record FormBounds(int Values, long Bytes);

/// <summary>A route's declared largest body; the server reads no further and answers 413.</summary>
public sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes;
}

/// <summary>Reads forms of any kind within the bounds that their use case declares; what is no form is malformed (400).</summary>
public static class Forms
{
    public static TBuilder LimitBody<TBuilder>(this TBuilder route, long bytes)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new BodyLimit(bytes));

    public static async Task<IFormCollection> Read(HttpContext http, FormBounds bounds)
    {
        if (http.Features.Get<IFormFeature>() is { Form: { } read })
            return read;
        http.Features.Set<IFormFeature>(
            new FormFeature(
                http.Request,
                new FormOptions
                {
                    ValueCountLimit = bounds.Values,
                    ValueLengthLimit = (int)Math.Min(bounds.Bytes, int.MaxValue),
                    MultipartBodyLengthLimit = bounds.Bytes,
                }
            )
        );
        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            await PageOwner.Check(http, form);
            return form;
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw new InvalidException("body", "format");
        }
    }

    // The reader tells a form that ends in the middle, a boundary that is none and a charset that is refused by these.
    static bool IsMalformed(Exception exception) =>
        exception switch
        {
            BadHttpRequestException or ConnectionResetException => false,
            IOException => Outage.Of(exception) is not OutageKind.NoRoom,
            InvalidDataException or NotSupportedException or ArgumentException or FormatException => true,
            _ => false,
        };
}
