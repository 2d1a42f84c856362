using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Kernel;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loa.Server.Api;

/// <summary>
/// Describes to programs what they can do (OpenAPI): each route that answers JSON, its request, its answer, and by which codes it
/// refuses. All of it is read from the use cases themselves.
/// </summary>
static class ApiDocument
{
    const string Name = "v1";
    public const string Address = "/api/openapi.json";

    const string Json = "application/json";
    const string Form = "application/x-www-form-urlencoded";
    const string Upload = "multipart/form-data";
    const string Problem = "application/problem+json";

    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(
            Name,
            options =>
            {
                options.ShouldInclude = IsForPrograms;
                options.CreateSchemaReferenceId = type =>
                    OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
                        ? type.Type.DeclaringType?.Name + name
                        : null;
                options.AddDocumentTransformer(Introduce);
                options.AddOperationTransformer(Describe);
                options.AddSchemaTransformer(Bound);
            }
        );

    /// <summary>What is asked below /api and what changes something; pages, files and the talk with speakers are described elsewhere.</summary>
    static bool IsForPrograms(ApiDescription route) =>
        "/" + route.RelativePath is var path
        && !path.StartsWith("/air/", StringComparison.Ordinal)
        && (path.StartsWith("/api/", StringComparison.Ordinal) || route.HttpMethod == HttpMethods.Post)
        && !path.StartsWith("/api/docs", StringComparison.Ordinal)
        && path != Address;

    static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new()
        {
            Title = Words.Get("ui.product"),
            Version = "1",
            Description = Words.Get("api.introduction"),
        };
        document.Servers = [new() { Url = "/" }];
        return Task.CompletedTask;
    }

    static async Task Describe(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancel
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var handler = metadata.OfType<MethodInfo>().Last();
        var route = new CompiledRoute(handler);
        var useCase = UseCaseOf(handler);
        operation.OperationId = $"{useCase}.{handler.Name.TrimStart('<')}.{context.Description.RelativePath}";
        operation.Summary = Spaced(useCase);
        operation.Tags = new HashSet<OpenApiTagReference>
        {
            new(handler.Module.Assembly.GetName().Name!["Loa.".Length..], context.Document),
        };
        operation.Responses = [];
        if (metadata.OfType<RequestBody>().LastOrDefault() is { } body)
            operation.RequestBody = await Body(body, context, cancel);
        await Answers(operation, route, context, cancel);
        Refusals(operation, route, metadata.OfType<Permission>().Last(), hasBody: operation.RequestBody is not null);
    }

    static async Task<OpenApiRequestBody> Body(
        RequestBody body,
        OpenApiOperationTransformerContext context,
        CancellationToken cancel
    )
    {
        var schema = await context.GetOrCreateSchemaAsync(body.Type, null, cancel);
        return new()
        {
            Required = true,
            Content = body.File is { } file
                ? new Dictionary<string, OpenApiMediaType> { [Upload] = new() { Schema = With(schema, file) } }
                : new Dictionary<string, OpenApiMediaType>
                {
                    [Json] = new() { Schema = schema },
                    [Form] = new() { Schema = schema },
                },
        };
    }

    static OpenApiSchema With(OpenApiSchema fields, string file) =>
        new()
        {
            AllOf =
            [
                fields,
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        [file] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                    },
                },
            ],
        };

    static async Task Answers(
        OpenApiOperation operation,
        CompiledRoute route,
        OpenApiOperationTransformerContext context,
        CancellationToken cancel
    )
    {
        if (route.Answer is not var (type, status))
        {
            operation.Responses!["204"] = new OpenApiResponse { Description = Words.Get("api.done") };
            return;
        }
        var schema = await context.GetOrCreateSchemaAsync(type, null, cancel);
        operation.Responses![status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
        {
            Description = Words.Get("api.answer"),
            Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = schema } },
        };
    }

    static void Refusals(OpenApiOperation operation, CompiledRoute route, Permission permission, bool hasBody)
    {
        if (hasBody)
            Add(400, ["invalid"]);
        if (permission.Right is not Permission.Anyone)
            Add(401, ["sign-in"]);
        if (permission.Right is not (Permission.Anyone or Permission.SignedIn))
            Add(403, ["forbidden"]);
        Add(404, [.. route.Missing.Select(what => "missing." + what)]);
        // An act of a page left open by somebody else is refused before it is looked at.
        Add(
            409,
            permission.Right is Permission.Anyone || !hasBody ? route.Refusals : [.. route.Refusals, "page.of-another"]
        );
        Add(503, ["database-away"]);
        if (hasBody)
            Add(507, ["no-room"]);

        void Add(int status, IReadOnlyList<string> codes)
        {
            if (codes.Count == 0)
                return;
            operation.Responses![status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join('\n', codes.Select(Sentence)),
                Content = new Dictionary<string, OpenApiMediaType> { [Problem] = new() { Schema = Refused(codes) } },
            };
        }
    }

    static string Sentence(string code) =>
        Words.Has("refused." + code) ? $"`{code}`: {Words.Get("refused." + code)}" : $"`{code}`";

    static OpenApiSchema Refused(IReadOnlyList<string> codes) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["code"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Enum = [.. codes.Select(c => JsonValue.Create(c))],
                },
                ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["trace"] = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };

    // The rules of a request stand at its constructor, where the use case reads them.
    static Task Bound(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        foreach (
            var rule in context.JsonPropertyInfo?.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(
                typeof(ValidationAttribute),
                inherit: true
            ) ?? []
        )
            Bound(schema, rule);
        return Task.CompletedTask;
    }

    static void Bound(OpenApiSchema schema, object rule)
    {
        var isList = schema.Type?.HasFlag(JsonSchemaType.Array) == true;
        switch (rule)
        {
            case MaxLengthAttribute { Length: var most } when isList:
                schema.MaxItems = most;
                break;
            case MaxLengthAttribute { Length: var most }:
                schema.MaxLength = most;
                break;
            case MinLengthAttribute { Length: var least } when isList:
                schema.MinItems = least;
                break;
            case MinLengthAttribute { Length: var least }:
                schema.MinLength = least;
                break;
            case RangeAttribute { Minimum: var least, Maximum: var most }:
                schema.Minimum = Convert.ToString(least, CultureInfo.InvariantCulture);
                schema.Maximum = Convert.ToString(most, CultureInfo.InvariantCulture);
                break;
        }
    }

    // A route that is written in place stands in a type of the compiler's.
    static string UseCaseOf(MethodInfo handler)
    {
        var type = handler.DeclaringType!;
        while (type.DeclaringType is { } outer)
            type = outer;
        return type.Name;
    }

    static string Spaced(string name) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(name).Replace('-', ' ') is [var first, .. var rest]
            ? char.ToUpperInvariant(first) + rest
            : name;
}
