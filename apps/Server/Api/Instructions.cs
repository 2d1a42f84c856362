using System.Reflection;
using System.Reflection.Emit;

namespace Loa.Server.Api;

/// <summary>Reads what a compiled method says and calls: enough of its instructions to follow it.</summary>
static class Instructions
{
    static readonly Dictionary<short, OpCode> codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Each text, method and field that the method names, in order.</summary>
    public static IEnumerable<object> Of(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } bytes)
            yield break;
        var (module, ofType, ofMethod) = (method.Module, Arguments(method.DeclaringType), Arguments(method));
        for (var at = 0; at < bytes.Length; )
        {
            var code = codes[bytes[at] == 0xFE ? (short)(0xFE00 | bytes[at + 1]) : bytes[at]];
            at += code.Size;
            var token = code.OperandType
                is OperandType.InlineSwitch
                    or OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineString
                ? BitConverter.ToInt32(bytes, at)
                : 0;
            switch (code.OperandType)
            {
                case OperandType.InlineString:
                    yield return module.ResolveString(token);
                    break;
                case OperandType.InlineMethod:
                    yield return module.ResolveMethod(token, ofType, ofMethod)!;
                    break;
                case OperandType.InlineField:
                    yield return module.ResolveField(token, ofType, ofMethod)!;
                    break;
            }
            at += code.OperandType is OperandType.InlineSwitch ? 4 + 4 * token : Size(code.OperandType);
        }
    }

    static Type[]? Arguments(Type? type) => type is { IsGenericType: true } ? type.GetGenericArguments() : null;

    static Type[]? Arguments(MethodBase method) => method.IsGenericMethod ? method.GetGenericArguments() : null;

    static int Size(OperandType operand) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            _ => 4,
        };
}
