using System.Reflection;
using System.Security.Cryptography;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Loa.Ui;

/// <summary>
/// The style sheets, scripts, fonts and icons that one assembly carries under <c>wwwroot</c> (as embedded resources named <c>wwwroot/…</c>),
/// served alike from a build, a published folder and a test. Their address holds a fingerprint of all of them, so a browser keeps each file for ever and
/// asks again only after a new build; relative imports and url() work, because the fingerprint is a folder.
/// </summary>
public sealed class WebFiles
{
    const string Folder = "wwwroot/";
    static readonly TimeSpan Year = TimeSpan.FromDays(365);

    internal static readonly WebFiles Ui = new(typeof(WebFiles).Assembly, "ui");

    readonly Dictionary<string, WebFile> files;
    readonly string root;
    readonly string fingerprint;

    public WebFiles(Assembly assembly, string name)
    {
        files = assembly
            .GetManifestResourceNames()
            .Select(resource => (Resource: resource, Path: resource.Replace('\\', '/')))
            .Where(r => r.Path.StartsWith(Folder, StringComparison.Ordinal))
            .ToDictionary(
                r => r.Path[Folder.Length..],
                r => WebFile.Read(assembly.GetManifestResourceStream(r.Resource)!, r.Path),
                StringComparer.Ordinal
            );
        fingerprint = Fingerprint(files);
        root = $"/files/{name}";
    }

    /// <summary>The address of a file for a page: <c>Url("js/site.js")</c>.</summary>
    public string Url(string path) =>
        files.ContainsKey(path)
            ? $"{root}/{fingerprint}/{path}"
            : throw new FileNotFoundException($"No web file {path} under {root}.");

    internal string Text(string path) => files[path].Text;

    /// <summary>A file that has to lie at an address of its own as well.</summary>
    public byte[] Bytes(string path) => files[path].For(default).Bytes;

    internal void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(root + "/{build}/{**path}", [HttpMethods.Get, HttpMethods.Head], Serve).AllowAnyone();

    IResult Serve(string build, string path, HttpContext http)
    {
        if (!files.TryGetValue(path, out var file))
            return TypedResults.NotFound();

        var headers = http.Response.GetTypedHeaders();
        // A page of the build before still finds its files, but may not keep what is newer than itself.
        headers.CacheControl =
            build == fingerprint
                ? new()
                {
                    Public = true,
                    MaxAge = Year,
                    Extensions = { new NameValueHeaderValue("immutable") },
                }
                : new() { NoCache = true };
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;

        var (bytes, encoding) = file.For(http.Request.Headers.AcceptEncoding);
        if (encoding is not null)
            http.Response.Headers.ContentEncoding = encoding;
        return TypedResults.Bytes(bytes, file.Type, entityTag: new EntityTagHeaderValue($"\"{file.Hash}{encoding}\""));
    }

    static string Fingerprint(Dictionary<string, WebFile> files)
    {
        var all = string.Join(
            '\n',
            files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + f.Value.Hash)
        );
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(all)))[..12];
    }
}
