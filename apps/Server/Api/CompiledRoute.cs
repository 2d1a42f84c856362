using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Loa.Kernel;

namespace Loa.Server.Api;

/// <summary>
/// What a route answers and by which codes it refuses, read from its compiled use case and from all that this calls: so nobody
/// writes it down a second time, and it cannot be out of date.
/// </summary>
sealed class CompiledRoute(MethodInfo handler)
{
    const string Ours = "Loa.";
    const string Refused = "refused.";
    const string Lacking = "missing.";

    static readonly ConcurrentDictionary<MethodBase, object[]> said = new();

    static readonly ConcurrentDictionary<MethodInfo, string[]> codes = new();

    static readonly Lazy<ILookup<MethodBase, MethodBase>> overrides = new(() =>
        (
            from assembly in AppDomain.CurrentDomain.GetAssemblies()
            where IsOurs(assembly)
            from type in assembly.GetTypes()
            where type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
            from pair in Overrides(type)
            select pair
        ).ToLookup(p => p.Meant, p => p.Done)
    );

    /// <summary>The type that a program gets when all is well, and the status with it; null when there is nothing to read.</summary>
    public (Type Type, int Status)? Answer
    {
        get
        {
            var returned = handler.ReturnType is { IsGenericType: true } task
                ? task.GetGenericArguments()[0]
                : handler.ReturnType;
            if (returned != typeof(void) && returned != typeof(Task) && !returned.IsAssignableTo(typeof(IResult)))
                return (returned, StatusCodes.Status200OK);
            var answered = Said(handler).OfType<MethodInfo>().FirstOrDefault(IsAnswer);
            return answered is null
                ? null
                : (
                    answered.GetGenericArguments()[0],
                    answered.Name == "Created" ? StatusCodes.Status201Created : StatusCodes.Status200OK
                );
        }
    }

    /// <summary>The codes of 409, in order.</summary>
    public IReadOnlyList<string> Refusals => Codes(Refused);

    /// <summary>What may be missing (404), in order.</summary>
    public IReadOnlyList<string> Missing => Codes(Lacking);

    static bool IsAnswer(MethodInfo called) =>
        called.IsGenericMethod
        && (called.DeclaringType == typeof(TypedResults) || called.DeclaringType == typeof(Answer));

    List<string> Codes(string kind) => [.. codes.GetOrAdd(handler, _ => Codes()).Where(text => Words.Has(kind + text))];

    // A word that has a sentence of refusal is one wherever it stands in what can be reached.
    string[] Codes() =>
        [
            .. Reached()
                .SelectMany(Said)
                .OfType<string>()
                .Where(text => Words.Has(Refused + text) || Words.Has(Lacking + text))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    HashSet<MethodBase> Reached()
    {
        HashSet<MethodBase> reached =
        [
            handler,
            .. handler.GetParameters().Select(p => p.ParameterType).SelectMany(Binder),
        ];
        var open = new Queue<MethodBase>(reached);
        while (open.TryDequeue(out var method))
            foreach (var next in Said(method).SelectMany(Led))
                if (IsOurs(next.Module.Assembly) && reached.Add(next))
                    open.Enqueue(next);
        return reached;
    }

    // What a request is read by may refuse it too.
    static IEnumerable<MethodBase> Binder(Type parameter) =>
        IsOurs(parameter.Assembly) && parameter.GetMethod("BindAsync") is { } binder ? [Definition(binder)] : [];

    // A field may hold what is called later: then it was made by its type's initializer.
    static IEnumerable<MethodBase> Led(object by) =>
        by switch
        {
            MethodBase method => overrides.Value[Definition(method)].Prepend(Definition(method)),
            FieldInfo { IsStatic: true, DeclaringType.TypeInitializer: { } made } => [made],
            _ => [],
        };

    static object[] Said(MethodBase method) =>
        said.GetOrAdd(method, one => IsOurs(one.Module.Assembly) ? [.. Instructions.Of(Moving(one))] : []);

    // What waits for something is compiled into a machine that goes on step by step.
    static MethodBase Moving(MethodBase method) =>
        method.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType is { } machine
            ? machine.GetMethod("MoveNext", BindingFlags.Instance | BindingFlags.NonPublic)!
            : method;

    static IEnumerable<(MethodBase Meant, MethodBase Done)> Overrides(Type type)
    {
        foreach (var meant in type.GetInterfaces().Where(i => IsOurs(i.Assembly) && !i.IsGenericType))
        {
            var map = type.GetInterfaceMap(meant);
            foreach (var (asked, done) in map.InterfaceMethods.Zip(map.TargetMethods))
                yield return (asked, done);
        }
        foreach (var method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            if (method.GetBaseDefinition() is { } asked && asked != method && IsOurs(asked.Module.Assembly))
                yield return (asked, method);
    }

    static MethodBase Definition(MethodBase method) =>
        method.DeclaringType is { IsConstructedGenericType: true } type
            ? type.GetGenericTypeDefinition()
                .GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .OfType<MethodBase>()
                .First(m => m.MetadataToken == method.MetadataToken)
        : method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition()
        : method;

    static bool IsOurs(Assembly assembly) => assembly.GetName().Name!.StartsWith(Ours, StringComparison.Ordinal);
}
